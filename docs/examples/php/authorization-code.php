<?php
/*
 * Authorization code: a person allows this application to read their data, and it says how many devices they own.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... php -q -S 127.0.0.1:8000 authorization-code.php
 *        (-q: without a log of requests, because their addresses hold codes)
 *        and open http://127.0.0.1:8000/authenticate in your browser
 * Needs: PHP 8.1 or later with its curl extension
 */
declare(strict_types=1);

define('INSIDERS_URL', getenv('INSIDERS_URL') ?: 'https://api.insiders.example');
define('CLIENT_ID', getenv('INSIDERS_CLIENT_ID') ?: 'YOUR_CLIENT_ID_HERE');
define('REDIRECT_URI', getenv('INSIDERS_REDIRECT_URI') ?: 'http://127.0.0.1:8000/authorized/');
define('CLIENT_SECRET', getenv('INSIDERS_CLIENT_SECRET') ?: '');

/** Why there is nothing to show, for the person to read. */
final class Refused extends Exception
{
}

/** Sends the browser to Insiders, where the person logs in and decides. */
function authenticate(): void
{
    // The session binds the request to this browser: nobody else's answer fits.
    $_SESSION['state'] = base64url(random_bytes(32));
    $_SESSION['verifier'] = base64url(random_bytes(32));
    $query = http_build_query([
        'client_id' => CLIENT_ID,
        'response_type' => 'code',
        'redirect_uri' => REDIRECT_URI,
        'state' => $_SESSION['state'],
        'code_challenge' => base64url(hash('sha256', $_SESSION['verifier'], binary: true)),
        'code_challenge_method' => 'S256',
    ]);
    header('Location: ' . INSIDERS_URL . "/oauth2/authorize/?$query", response_code: 302);
}

/** Insiders sends the browser back here, with a code or with an error. */
function authorized(): void
{
    $state = $_SESSION['state'] ?? '';
    if ($state === '' || parameter('state') !== $state) {
        throw new Refused('The state is wrong: this is not the answer to a request of this browser.');
    }
    if (isset($_GET['error'])) {
        throw new Refused(parameter('error') . ': ' . parameter('error_description'));
    }
    $tokens = exchange(parameter('code'), $_SESSION['verifier']);
    unset($_SESSION['state'], $_SESSION['verifier']);
    // Keep $tokens['refresh_token'] in a safe place: it gets new access tokens without asking the person again.
    show(200, 'Success', 'You currently own ' . countDevices($tokens['access_token']) . ' devices.');
}

function exchange(string $code, string $verifier): array
{
    return send('/oauth2/token/', [
        CURLOPT_USERPWD => CLIENT_ID . ':' . CLIENT_SECRET,
        CURLOPT_POSTFIELDS => http_build_query([
            'grant_type' => 'authorization_code',
            'code' => $code,
            'redirect_uri' => REDIRECT_URI,
            'code_verifier' => $verifier,
        ]),
    ]);
}

function countDevices(string $accessToken): int
{
    $options = [CURLOPT_HTTPHEADER => ["Authorization: Bearer $accessToken"]];
    return send('/api/v1/devices/?current=true', $options)['count'];
}

/** The JSON of a 200; anything else is refused, with the reasons that the server gives. */
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
        throw new Refused('Insiders API cannot be reached: ' . curl_error($request));
    }
    $answer = json_decode($text, associative: true) ?? [];
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    if ($status === 200) {
        return $answer;
    }
    $reasons = array_intersect_key($answer, array_flip(['error', 'error_description', 'detail']));
    throw new Refused(implode(': ', [parse_url($path, PHP_URL_PATH) . " answered $status", ...array_values($reasons)]));
}

/** A parameter of the address; an array is none of ours. */
function parameter(string $name): string
{
    $value = $_GET[$name] ?? '';
    return is_string($value) ? $value : '';
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function show(int $status, string $title, string $text): void
{
    http_response_code($status);
    $safe = htmlspecialchars($text);
    echo "<!doctype html><title>$title</title><h1>$title</h1><p>$safe</p>";
}

if (CLIENT_SECRET === '') {
    error_log('INSIDERS_CLIENT_SECRET is not set');
    show(500, 'Not authorized', 'INSIDERS_CLIENT_SECRET is not set');
    exit(1);
}
// On https, add 'cookie_secure' => true.
session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'use_strict_mode' => true]);
try {
    match (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        '/authenticate' => authenticate(),
        '/authorized/' => authorized(),
        default => show(404, 'Not found', 'Begin at /authenticate'),
    };
} catch (Refused $refused) {
    show(400, 'Not authorized', $refused->getMessage());
}
