/*
 * Authorization code: a person allows this application to read their data, and it says how many devices they own.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... java authorization-code.java
 *        and open http://127.0.0.1:8000/authenticate in your browser
 * Needs: Java 17 or later, no libraries (in a project, read JSON with one)
 */
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

class AuthorizationCode {
    static final String INSIDERS_URL = env("INSIDERS_URL", "https://api.insiders.example");
    static final String CLIENT_ID = env("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE");
    static final String REDIRECT_URI = env("INSIDERS_REDIRECT_URI", "http://127.0.0.1:8000/authorized/");
    static final String CLIENT_SECRET = env("INSIDERS_CLIENT_SECRET", "");
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build(); // follows no redirects
    static final Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();

    /** Why there is nothing to show, for the person to read. */
    static class Refused extends Exception {
        Refused(String reason) {
            super(reason);
        }
    }

    /** Sends the browser to Insiders, where the person logs in and decides. */
    static void authenticate(HttpExchange exchange) throws Exception {
        var state = randomText();
        var verifier = randomText();
        var challenge = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", CLIENT_ID);
        query.put("response_type", "code");
        query.put("redirect_uri", REDIRECT_URI);
        query.put("state", state);
        query.put("code_challenge", base64url.encodeToString(challenge));
        query.put("code_challenge_method", "S256");
        setCookie(exchange, "state", state, 600);
        setCookie(exchange, "verifier", verifier, 600);
        exchange.getResponseHeaders().set("Location", INSIDERS_URL + "/oauth2/authorize/?" + encode(query));
        exchange.sendResponseHeaders(302, -1);
    }

    /** Insiders sends the browser back here, with a code or with an error. */
    static void authorized(HttpExchange exchange) throws Exception {
        var query = decode(exchange.getRequestURI().getRawQuery(), "&");
        var cookies = decode(exchange.getRequestHeaders().getFirst("Cookie"), "; ");
        var state = cookies.getOrDefault("state", "");
        if (state.isEmpty() || !state.equals(query.get("state"))) {
            throw new Refused("The state is wrong: this is not the answer to a request of this browser.");
        }
        if (query.containsKey("error")) {
            throw new Refused(query.get("error") + ": " + query.getOrDefault("error_description", ""));
        }
        var tokens = exchange(query.getOrDefault("code", ""), cookies.getOrDefault("verifier", ""));
        // The answer also holds a refresh_token. Keep it in a safe place: it gets new access tokens without asking.
        var count = countDevices(field(tokens, "access_token"));
        setCookie(exchange, "state", "", 0);
        setCookie(exchange, "verifier", "", 0);
        show(exchange, 200, "Success", "You currently own " + count + " devices.");
    }

    static String exchange(String code, String verifier) throws Exception {
        var credentials = Base64.getEncoder().encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(UTF_8));
        var form = Map.of(
            "grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT_URI, "code_verifier", verifier);
        return send(HttpRequest.newBuilder(URI.create(INSIDERS_URL + "/oauth2/token/"))
            .header("Authorization", "Basic " + credentials)
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

    /** Cookies bind the request to this browser: nobody else's answer fits. On https, add "; Secure". */
    static void setCookie(HttpExchange exchange, String name, String value, int seconds) {
        var attributes = "; Max-Age=" + seconds + "; Path=/authorized/; HttpOnly; SameSite=Lax";
        exchange.getResponseHeaders().add("Set-Cookie", name + "=" + value + attributes);
    }

    static String encode(Map<String, String> values) {
        return values.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    }

    static Map<String, String> decode(String text, String separator) {
        var values = new HashMap<String, String>();
        for (var pair : Objects.requireNonNullElse(text, "").split(separator)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) values.putIfAbsent(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return values;
    }

    static String randomText() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return base64url.encodeToString(bytes);
    }

    static void show(HttpExchange exchange, int status, String title, String text) throws IOException {
        var safe = text.replace("&", "&amp;").replace("<", "&lt;");
        var html = "<!doctype html><title>%1$s</title><h1>%1$s</h1><p>%2$s</p>".formatted(title, safe).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, html.length);
        exchange.getResponseBody().write(html);
    }

    static void handle(HttpExchange exchange) throws IOException {
        try {
            switch (exchange.getRequestURI().getPath()) {
                case "/authenticate" -> authenticate(exchange);
                case "/authorized/" -> authorized(exchange);
                default -> show(exchange, 404, "Not found", "Begin at /authenticate");
            }
        } catch (Refused refused) {
            show(exchange, 400, "Not authorized", refused.getMessage());
        } catch (Exception problem) {
            var reason = "Insiders API cannot be reached: " + problem.getClass().getSimpleName();
            show(exchange, 400, "Not authorized", reason);
        } finally {
            exchange.close();
        }
    }

    static String env(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    public static void main(String[] arguments) throws IOException {
        if (CLIENT_SECRET.isEmpty()) {
            System.err.println("INSIDERS_CLIENT_SECRET is not set");
            System.exit(1);
        }
        var named = URI.create(REDIRECT_URI).getPort();
        var port = named < 0 ? 80 : named;
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", AuthorizationCode::handle);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("Open http://127.0.0.1:" + port + "/authenticate in your browser");
    }
}
