/*
 * Paging: walks through all pages of the devices that a person owns or has owned.
 *
 * Run:   ACCESS_TOKEN=... java paging.java
 * Needs: Java 17 or later, no libraries (in a project, read JSON with one)
 */
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;

class Paging {
    static final String INSIDERS_URL = System.getenv().getOrDefault("INSIDERS_URL", "https://api.insiders.example");
    static final String ACCESS_TOKEN = System.getenv().getOrDefault("ACCESS_TOKEN", "");
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final int TRIES = 5;
    static final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    static final Pattern serialNumber = Pattern.compile("\"serial_number\"\\s*:\\s*\"([^\"]*)\"");
    static final Pattern next = Pattern.compile("\"next\"\\s*:\\s*(\\d+)");
    static final Pattern detail = Pattern.compile("\"detail\"\\s*:\\s*\"([^\"]*)\"");

    /** Hands over all devices by their serial numbers, and answers how many there were. */
    static int eachDevice(Consumer<String> visit) throws IOException, InterruptedException {
        var number = 0;
        var page = "1";
        while (!page.isEmpty()) {
            var answer = get("/api/v1/devices/?limit=100&page=" + page);
            for (var found = serialNumber.matcher(answer); found.find(); number++) visit.accept(found.group(1));
            page = first(next, answer); // a page number; null, which is not one, on the last page
        }
        return number;
    }

    static String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(INSIDERS_URL + path))
            .header("Authorization", "Bearer " + ACCESS_TOKEN)
            .timeout(TIMEOUT)
            .build();
        for (var attempt = 1; ; attempt++) {
            var answer = client.send(request, BodyHandlers.ofString());
            var status = answer.statusCode();
            if (status == 200) return answer.body();
            if (status != 429 || attempt == TRIES) {
                fail(request.uri().getPath() + " answered " + status + ": " + first(detail, answer.body()));
            }
            var seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            System.err.println("Too many requests: waiting " + seconds + " s");
            Thread.sleep(seconds * 1000);
        }
    }

    static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (ACCESS_TOKEN.isEmpty()) fail("ACCESS_TOKEN is not set");
        try {
            var number = eachDevice(System.out::println);
            System.out.println(number + " devices");
        } catch (IOException problem) {
            fail("Insiders API cannot be reached: " + problem.getClass().getSimpleName());
        }
    }
}
