<?php
/*
 * Password: an older application exchanges what the person typed into it for tokens, and counts their devices.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... php password.php
 * Needs: PHP 8.1 or later with its curl extension.
 *        Prefer the authorization code where you can: it needs no password.
 */
declare(strict_types=1);

define('INSIDERS_URL', getenv('INSIDERS_URL') ?: 'https://api.insiders.example');
define('CLIENT_ID', getenv('INSIDERS_CLIENT_ID') ?: 'YOUR_CLIENT_ID_HERE');

function logIn(string $username, string $password): array
{
    return send('/oauth2/token/', [
        CURLOPT_USERPWD => CLIENT_ID . ':' . needed('INSIDERS_CLIENT_SECRET'),
        CURLOPT_POSTFIELDS => http_build_query([
            'grant_type' => 'password',
            'username' => $username,
            'password' => $password,
        ]),
    ]);
}

function countDevices(string $accessToken): int
{
    $options = [CURLOPT_HTTPHEADER => ["Authorization: Bearer $accessToken"]];
    return send('/api/v1/devices/?current=true', $options)['count'];
}

/** The JSON of a 200; anything else ends the program, with the reasons that the server gives. */
function send(string $path, array $options): array
{
    $request = curl_init(INSIDERS_URL . $path);
    curl_setopt_array($request, $options + [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_FOLLOWLOCATION => false,
        CURLOPT_TIMEOUT => 10,
    ]);
    $text = curl_exec($request);
    if ($text === false) {
        fail('Insiders API cannot be reached: ' . curl_error($request));
    }
    $answer = json_decode($text, associative: true) ?? [];
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    if ($status === 200) {
        return $answer;
    }
    $reasons = array_intersect_key($answer, array_flip(['error', 'error_description', 'detail']));
    fail(implode(': ', [parse_url($path, PHP_URL_PATH) . " answered $status", ...array_values($reasons)]));
}

function needed(string $name): string
{
    return getenv($name) ?: fail("$name is not set");
}

function fail(string $reason): never
{
    fwrite(STDERR, "$reason\n");
    exit(1);
}

$tokens = logIn(needed('INSIDERS_USERNAME'), needed('INSIDERS_PASSWORD'));
// Forget the password now and keep $tokens['refresh_token']: it gets new access tokens from here on.
echo 'You currently own ', countDevices($tokens['access_token']), " devices.\n";
