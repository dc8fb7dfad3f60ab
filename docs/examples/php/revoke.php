<?php
/*
 * Revoke: gives a refresh token back, for instance when a person disconnects your application.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... php revoke.php
 * Needs: PHP 8.1 or later with its curl extension
 */
declare(strict_types=1);

define('INSIDERS_URL', getenv('INSIDERS_URL') ?: 'https://api.insiders.example');
define('CLIENT_ID', getenv('INSIDERS_CLIENT_ID') ?: 'YOUR_CLIENT_ID_HERE');

function revoke(string $refreshToken): void
{
    $request = curl_init(INSIDERS_URL . '/oauth2/revoke-token/');
    curl_setopt_array($request, [
        CURLOPT_USERPWD => CLIENT_ID . ':' . needed('INSIDERS_CLIENT_SECRET'),
        CURLOPT_POSTFIELDS => http_build_query(['token' => $refreshToken, 'token_type_hint' => 'refresh_token']),
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_FOLLOWLOCATION => false,
        CURLOPT_TIMEOUT => 10,
    ]);
    $text = curl_exec($request);
    if ($text === false) {
        fail('Insiders API cannot be reached: ' . curl_error($request));
    }
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    // 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
    if ($status === 200) {
        return;
    }
    $answer = json_decode($text, associative: true) ?? [];
    $reason = ($answer['error'] ?? '') . ': ' . ($answer['error_description'] ?? '');
    fail("/oauth2/revoke-token/ answered $status: $reason");
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

revoke(needed('REFRESH_TOKEN'));
echo "Revoked: this refresh token and its access tokens no longer work.\n";
