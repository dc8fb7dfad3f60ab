/*
 * Revoke: gives a refresh token back, for instance when a person disconnects your application.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... java revoke.java
 * Needs: Java 17 or later, no libraries (in a project, read JSON with one)
 */
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

class Revoke {
    static final String INSIDERS_URL = System.getenv().getOrDefault("INSIDERS_URL", "https://api.insiders.example");
    static final String CLIENT_ID = System.getenv().getOrDefault("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE");
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build(); // follows no redirects

    /** Answers why the token was not revoked; empty: it was. */
    static String revoke(String refreshToken, String clientSecret) throws IOException, InterruptedException {
        var credentials = CLIENT_ID + ":" + clientSecret;
        var form = "token=" + URLEncoder.encode(refreshToken, UTF_8) + "&token_type_hint=refresh_token";
        var request = HttpRequest.newBuilder(URI.create(INSIDERS_URL + "/oauth2/revoke-token/"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .timeout(TIMEOUT)
            .build();
        var answer = client.send(request, BodyHandlers.ofString());
        // 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
        if (answer.statusCode() == 200) return "";
        var reason = field(answer.body(), "error") + ": " + field(answer.body(), "error_description");
        return "/oauth2/revoke-token/ answered " + answer.statusCode() + ": " + reason;
    }

    /** A text of a JSON object. */
    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    static String needed(String name) {
        var value = System.getenv().getOrDefault(name, "");
        if (value.isEmpty()) fail(name + " is not set");
        return value;
    }

    static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            var problem = revoke(needed("REFRESH_TOKEN"), needed("INSIDERS_CLIENT_SECRET"));
            if (!problem.isEmpty()) fail(problem);
            System.out.println("Revoked: this refresh token and its access tokens no longer work.");
        } catch (IOException problem) {
            fail("Insiders API cannot be reached: " + problem.getClass().getSimpleName());
        }
    }
}
