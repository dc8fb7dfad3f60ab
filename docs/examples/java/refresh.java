/*
 * Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... java refresh.java
 *        From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
 * Needs: Java 17 or later, no libraries (in a project, read JSON with one)
 */
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;

class Refresh {
    static final String INSIDERS_URL = System.getenv().getOrDefault("INSIDERS_URL", "https://api.insiders.example");
    static final String CLIENT_ID = System.getenv().getOrDefault("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE");
    static final String CLIENT_SECRET = System.getenv().getOrDefault("INSIDERS_CLIENT_SECRET", "");
    static final Path TOKEN_FILE = Path.of(System.getenv().getOrDefault("INSIDERS_TOKEN_FILE", "insiders-tokens.json"));
    static final Duration MARGIN = Duration.ofMinutes(5); // before its end at which an access token is replaced
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build(); // follows no redirects

    static class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason);
        }
    }

    record Tokens(String accessToken, String refreshToken, Instant expiresAt) {
        static Tokens load() throws IOException {
            if (Files.exists(TOKEN_FILE)) {
                var json = Files.readString(TOKEN_FILE);
                var expiresAt = Instant.ofEpochSecond(Long.parseLong(field(json, "expires_at")));
                return new Tokens(field(json, "access_token"), field(json, "refresh_token"), expiresAt);
            }
            var refreshToken = System.getenv("REFRESH_TOKEN");
            if (refreshToken != null) return new Tokens("", refreshToken, Instant.EPOCH);
            throw new Refused("There is no refresh token yet: the user must authorize, then set REFRESH_TOKEN");
        }

        /** A temporary file is readable by its owner only; moved into place, it is never half written. */
        void store() throws IOException {
            var json = """
                {"access_token": "%s", "refresh_token": "%s", "expires_at": %d}
                """.formatted(accessToken, refreshToken, expiresAt.getEpochSecond());
            var part = Files.createTempFile(TOKEN_FILE.toAbsolutePath().getParent(), "tokens", ".part");
            Files.writeString(part, json);
            Files.move(part, TOKEN_FILE, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Threads of a process share one keeper. Several processes need one lock for all: a row in a database, say. */
    static class TokenKeeper {
        private Tokens tokens;

        TokenKeeper(Tokens tokens) {
            this.tokens = tokens;
        }

        /** Callers that had to wait find the new token. */
        synchronized String accessToken() {
            try {
                if (!Instant.now().isBefore(tokens.expiresAt.minus(MARGIN))) refresh();
                return tokens.accessToken;
            } catch (IOException | InterruptedException problem) {
                throw new Refused("Insiders API cannot be reached: " + problem.getClass().getSimpleName());
            }
        }

        private void refresh() throws IOException, InterruptedException {
            var credentials = Base64.getEncoder().encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(UTF_8));
            var form = "grant_type=refresh_token&refresh_token=" + URLEncoder.encode(tokens.refreshToken, UTF_8);
            var answer = send(HttpRequest.newBuilder(URI.create(INSIDERS_URL + "/oauth2/token/"))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
            var json = answer.body();
            var reason = field(json, "error") + ": " + field(json, "error_description");
            if (field(json, "error").equals("invalid_grant")) {
                Files.deleteIfExists(TOKEN_FILE);
                throw new Refused("The user must authorize again (" + reason + ")");
            }
            if (answer.statusCode() != 200) {
                throw new Refused("/oauth2/token/ answered " + answer.statusCode() + ": " + reason);
            }
            var seconds = Long.parseLong(field(json, "expires_in"));
            // Always the refresh token of the answer: it may be a new one.
            var expiresAt = Instant.now().plusSeconds(seconds);
            tokens = new Tokens(field(json, "access_token"), field(json, "refresh_token"), expiresAt);
            tokens.store();
            System.out.println("Refreshed: good for " + seconds + " s");
        }
    }

    static String countDevices(String accessToken) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(URI.create(INSIDERS_URL + "/api/v1/devices/?current=true"))
            .header("Authorization", "Bearer " + accessToken));
        if (answer.statusCode() != 200) throw new Refused("/api/v1/devices/ answered " + answer.statusCode());
        return field(answer.body(), "count");
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }

    /** A text or a number of a JSON object. */
    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(json);
        return found.find() ? found.group(1).strip() : "";
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            if (CLIENT_SECRET.isEmpty()) throw new Refused("INSIDERS_CLIENT_SECRET is not set");
            var keeper = new TokenKeeper(Tokens.load());
            var callers = IntStream.range(0, 3).parallel();
            var accessTokens = callers.mapToObj(caller -> keeper.accessToken()).distinct().count();
            System.out.println("Access tokens of 3 parallel callers: " + accessTokens);
            System.out.println("You currently own " + countDevices(keeper.accessToken()) + " devices.");
        } catch (Refused refused) {
            fail(refused.getMessage());
        } catch (IOException problem) {
            fail("Insiders API cannot be reached: " + problem.getClass().getSimpleName());
        }
    }

    static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }
}
