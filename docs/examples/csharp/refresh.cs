// Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.
//
// Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... dotnet run refresh.cs
//        From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
// Needs: .NET 10 or later, no packages
#:property PublishAot=false

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

var insidersUrl = Environment.GetEnvironmentVariable("INSIDERS_URL") ?? "https://api.insiders.example";
var clientId = Environment.GetEnvironmentVariable("INSIDERS_CLIENT_ID") ?? "YOUR_CLIENT_ID_HERE";
var clientSecret = Environment.GetEnvironmentVariable("INSIDERS_CLIENT_SECRET") ?? "";
var tokenFile = Environment.GetEnvironmentVariable("INSIDERS_TOKEN_FILE") ?? "insiders-tokens.json";
var margin = TimeSpan.FromMinutes(5); // before its end at which an access token is replaced

// No redirects: a secret or a token goes to the address it is meant for, or nowhere.
using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
{
    Timeout = TimeSpan.FromSeconds(10),
};

// Callers in this process share one lock. Several processes need one for all: a row in a database, say.
using var gate = new SemaphoreSlim(1, 1);

try
{
    if (clientSecret == "") throw new Refused("INSIDERS_CLIENT_SECRET is not set");
    var tokens = Load();
    var accessTokens = await Task.WhenAll(AccessToken(tokens), AccessToken(tokens), AccessToken(tokens));
    Console.WriteLine($"Access tokens of {accessTokens.Length} parallel callers: {accessTokens.Distinct().Count()}");
    Console.WriteLine($"You currently own {await CountDevices(await AccessToken(tokens))} devices.");
    return 0;
}
catch (Refused refused)
{
    Console.Error.WriteLine(refused.Message);
}
catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
{
    Console.Error.WriteLine($"Insiders API cannot be reached: {problem.GetType().Name}");
}
return 1;

async Task<string> AccessToken(JsonObject tokens)
{
    await gate.WaitAsync(); // callers that had to wait find the new token
    try
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((long)tokens["expires_at"]!);
        if (DateTimeOffset.UtcNow >= expiresAt - margin) await Refresh(tokens);
        return (string)tokens["access_token"]!;
    }
    finally
    {
        gate.Release();
    }
}

async Task Refresh(JsonObject tokens)
{
    var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}"));
    using var request = new HttpRequestMessage(HttpMethod.Post, $"{insidersUrl}/oauth2/token/")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = (string)tokens["refresh_token"]!,
        }),
    };
    request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    var (status, json) = await Send(request);
    var error = (string?)json?["error"];
    var reason = $"{error}: {(string?)json?["error_description"]}";
    if (error == "invalid_grant")
    {
        File.Delete(tokenFile);
        throw new Refused($"The user must authorize again ({reason})");
    }
    if (status != HttpStatusCode.OK || json is null)
        throw new Refused($"/oauth2/token/ answered {(int)status}: {reason}");
    var seconds = (long)json["expires_in"]!;
    tokens["access_token"] = (string)json["access_token"]!;
    tokens["refresh_token"] = (string)json["refresh_token"]!; // always that of the answer: it may be a new one
    tokens["expires_at"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
    Store(tokens);
    Console.WriteLine($"Refreshed: good for {seconds} s");
}

JsonObject Load()
{
    if (File.Exists(tokenFile)) return JsonNode.Parse(File.ReadAllText(tokenFile))!.AsObject();
    var refreshToken = Environment.GetEnvironmentVariable("REFRESH_TOKEN")
        ?? throw new Refused("There is no refresh token yet: the user must authorize, then set REFRESH_TOKEN");
    return new JsonObject { ["access_token"] = "", ["refresh_token"] = refreshToken, ["expires_at"] = 0L };
}

// The file is readable by its owner only, and never half written.
void Store(JsonObject tokens)
{
    var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
    if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    using (var writer = new StreamWriter($"{tokenFile}.part", options)) writer.Write(tokens.ToJsonString());
    File.Move($"{tokenFile}.part", tokenFile, overwrite: true);
}

async Task<int> CountDevices(string accessToken)
{
    using var request = new HttpRequestMessage(HttpMethod.Get, $"{insidersUrl}/api/v1/devices/?current=true");
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
    var (status, json) = await Send(request);
    return status == HttpStatusCode.OK && json is not null
        ? (int)json["count"]!
        : throw new Refused($"/api/v1/devices/ answered {(int)status}");
}

async Task<(HttpStatusCode Status, JsonNode? Json)> Send(HttpRequestMessage request)
{
    using var answer = await http.SendAsync(request);
    var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
    return (answer.StatusCode, isJson ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null);
}

// Why there is no access token.
sealed class Refused(string reason) : Exception(reason);
