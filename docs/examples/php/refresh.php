<?php
/*
 * Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... php refresh.php
 *        From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
 * Needs: PHP 8.1 or later with its curl extension
 */
declare(strict_types=1);

define('INSIDERS_URL', getenv('INSIDERS_URL') ?: 'https://api.insiders.example');
define('CLIENT_ID', getenv('INSIDERS_CLIENT_ID') ?: 'YOUR_CLIENT_ID_HERE');
define('CLIENT_SECRET', getenv('INSIDERS_CLIENT_SECRET') ?: '');
define('TOKEN_FILE', getenv('INSIDERS_TOKEN_FILE') ?: 'insiders-tokens.json');
const MARGIN = 5 * 60; // seconds before its end at which an access token is replaced

umask(0077); // what is written here is for its owner only

/** The lock is a file: the processes of PHP share nothing else. */
final class TokenKeeper
{
    public function accessToken(): string
    {
        $lock = fopen(TOKEN_FILE . '.lock', 'c');
        flock($lock, LOCK_EX);
        try {
            $tokens = $this->load(); // only now: who had to wait finds the new token
            if (time() >= $tokens['expires_at'] - MARGIN) {
                $tokens = $this->refresh($tokens['refresh_token']);
                $this->store($tokens);
            }
            return $tokens['access_token'];
        } finally {
            fclose($lock);
        }
    }

    private function refresh(string $refreshToken): array
    {
        [$status, $answer] = send('/oauth2/token/', [
            CURLOPT_USERPWD => CLIENT_ID . ':' . CLIENT_SECRET,
            CURLOPT_POSTFIELDS => http_build_query([
                'grant_type' => 'refresh_token',
                'refresh_token' => $refreshToken,
            ]),
        ]);
        $error = $answer['error'] ?? '';
        $reason = "$error: " . ($answer['error_description'] ?? '');
        if ($error === 'invalid_grant') {
            is_file(TOKEN_FILE) && unlink(TOKEN_FILE);
            fail("The user must authorize again ($reason)");
        }
        if ($status !== 200) {
            fail("/oauth2/token/ answered $status: $reason");
        }
        echo "Refreshed: good for {$answer['expires_in']} s\n";
        return [
            'access_token' => $answer['access_token'],
            'refresh_token' => $answer['refresh_token'], // always that of the answer: it may be a new one
            'expires_at' => time() + $answer['expires_in'],
        ];
    }

    private function load(): array
    {
        if (is_file(TOKEN_FILE)) {
            return json_decode(file_get_contents(TOKEN_FILE), associative: true, flags: JSON_THROW_ON_ERROR);
        }
        $refreshToken = getenv('REFRESH_TOKEN')
            ?: fail('There is no refresh token yet: the user must authorize, then set REFRESH_TOKEN');
        return ['access_token' => '', 'refresh_token' => $refreshToken, 'expires_at' => 0];
    }

    /** The file is never half written. */
    private function store(array $tokens): void
    {
        file_put_contents(TOKEN_FILE . '.part', json_encode($tokens));
        rename(TOKEN_FILE . '.part', TOKEN_FILE);
    }
}

/** Answers with the status and with what JSON there is. */
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
    return [curl_getinfo($request, CURLINFO_RESPONSE_CODE), json_decode($text, associative: true) ?? []];
}

function fail(string $reason): never
{
    fwrite(STDERR, "$reason\n");
    exit(1);
}

CLIENT_SECRET !== '' || fail('INSIDERS_CLIENT_SECRET is not set');
$accessToken = (new TokenKeeper())->accessToken();
[$status, $devices] = send('/api/v1/devices/?current=true', [
    CURLOPT_HTTPHEADER => ["Authorization: Bearer $accessToken"],
]);
$status === 200 || fail("/api/v1/devices/ answered $status");
echo "You currently own {$devices['count']} devices.\n";
