<?php
/*
 * Paging: walks through all pages of the devices that a person owns or has owned.
 *
 * Run:   ACCESS_TOKEN=... php paging.php
 * Needs: PHP 8.1 or later with its curl extension
 */
declare(strict_types=1);

define('INSIDERS_URL', getenv('INSIDERS_URL') ?: 'https://api.insiders.example');
const TRIES = 5;

/** All devices, one after the other; each page is fetched when it is needed. */
function devices(string $accessToken): Generator
{
    $page = 1;
    while ($page !== null) {
        $answer = get("/api/v1/devices/?page=$page&limit=100", $accessToken);
        foreach ($answer['results'] as $device) {
            yield $device;
        }
        $page = $answer['next']; // a page number; null on the last page
    }
}

function get(string $path, string $accessToken): array
{
    $seconds = 1;
    $request = curl_init(INSIDERS_URL . $path);
    curl_setopt_array($request, [
        CURLOPT_HTTPHEADER => ["Authorization: Bearer $accessToken"],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 10,
        CURLOPT_HEADERFUNCTION => function (CurlHandle $_, string $line) use (&$seconds): int {
            if (preg_match('/^Retry-After: *(\d+)/i', $line, $found)) {
                $seconds = (int) $found[1];
            }
            return strlen($line);
        },
    ]);
    for ($attempt = 1; ; $attempt++) {
        $text = curl_exec($request);
        if ($text === false) {
            fail('Insiders API cannot be reached: ' . curl_error($request));
        }
        $answer = json_decode($text, associative: true) ?? [];
        $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
        if ($status === 200) {
            return $answer;
        }
        if ($status !== 429 || $attempt === TRIES) {
            fail("/api/v1/devices/ answered $status: " . ($answer['detail'] ?? ''));
        }
        fwrite(STDERR, "Too many requests: waiting $seconds s\n");
        sleep($seconds);
    }
}

function fail(string $reason): never
{
    fwrite(STDERR, "$reason\n");
    exit(1);
}

$accessToken = getenv('ACCESS_TOKEN') ?: fail('ACCESS_TOKEN is not set');
$number = 0;
foreach (devices($accessToken) as $device) {
    echo $device['serial_number'], ' ', $device['custom_name'], "\n";
    $number++;
}
echo "$number devices\n";
