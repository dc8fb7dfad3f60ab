/*
 * Password: an older application exchanges what the person typed into it for tokens, and counts their devices.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... java password.java
 * Needs: Java 17 or later, no libraries (in a project, read JSON with one).
 *        Prefer the authorization code where you can: it needs no password.
 */
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

class Password {
    static final String INSIDERS_URL = System.getenv().getOrDefault("INSIDERS_URL", "https://api.insiders.example");
    static final String CLIENT_ID = System.getenv().getOrDefault("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE");
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build(); // follows no redirects

    /** Why there is nothing to show. */
    static class Refused extends Exception {
        Refused(String reason) {
            super(reason);
        }
    }

    static String logIn(String username, String password) throws Exception {
        var credentials = CLIENT_ID + ":" + needed("INSIDERS_CLIENT_SECRET");
        var form = Map.of("grant_type", "password", "username", username, "password", password);
        return send(HttpRequest.newBuilder(URI.create(INSIDERS_URL + "/oauth2/token/"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
    }

    static String countDevices(String accessToken) throws Exception {
        return field(send(HttpRequest.newBuilder(URI.create(INSIDERS_URL + "/api/v1/devices/?current=true"))
            .header("Authorization", "Bearer " + accessToken)), "count");
    }

    /** The JSON of a 200; anything else is refused, with the reasons that the server gives. */
    static String send(HttpRequest.Builder request) throws Exception {
        var answer = client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
        var body = answer.body();
        if (answer.statusCode() == 200) return body;
        var reason = field(body, "error") + ": " + field(body, "error_description") + field(body, "detail");
        throw new Refused(answer.uri().getPath() + " answered " + answer.statusCode() + ": " + reason);
    }

    /** A text or a number of a JSON object. */
    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    static String encode(Map<String, String> values) {
        return values.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    }

    static String needed(String name) throws Refused {
        var value = System.getenv(name);
        if (value == null || value.isEmpty()) throw new Refused(name + " is not set");
        return value;
    }

    public static void main(String[] arguments) throws Exception {
        try {
            var tokens = logIn(needed("INSIDERS_USERNAME"), needed("INSIDERS_PASSWORD"));
            // Forget the password now and keep the refresh_token of the answer: it gets new access tokens from here on.
            System.out.println("You currently own " + countDevices(field(tokens, "access_token")) + " devices.");
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        } catch (IOException problem) {
            System.err.println("Insiders API cannot be reached: " + problem.getClass().getSimpleName());
            System.exit(1);
        }
    }
}
