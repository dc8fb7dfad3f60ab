// Password: an older application exchanges what the person typed into it for tokens, and counts their devices.
//
// Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... dotnet run password.cs
// Needs: .NET 10 or later, no packages. Prefer the authorization code where you can: it needs no password.
#:property PublishAot=false

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

var insidersUrl = Environment.GetEnvironmentVariable("INSIDERS_URL") ?? "https://api.insiders.example";
var clientId = Environment.GetEnvironmentVariable("INSIDERS_CLIENT_ID") ?? "YOUR_CLIENT_ID_HERE";

// No redirects: a password, a secret or a token goes to the address it is meant for, or nowhere.
using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
{
    Timeout = TimeSpan.FromSeconds(10),
};

try
{
    var tokens = await LogIn(Needed("INSIDERS_USERNAME"), Needed("INSIDERS_PASSWORD"));
    // Forget the password now and keep tokens["refresh_token"]: it gets new access tokens from here on.
    Console.WriteLine($"You currently own {await CountDevices((string?)tokens["access_token"])} devices.");
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

Task<JsonNode> LogIn(string username, string password)
{
    var credentials = Encoding.UTF8.GetBytes($"{clientId}:{Needed("INSIDERS_CLIENT_SECRET")}");
    var request = new HttpRequestMessage(HttpMethod.Post, $"{insidersUrl}/oauth2/token/")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = username,
            ["password"] = password,
        }),
    };
    request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    return Send(request);
}

async Task<int> CountDevices(string? accessToken)
{
    var request = new HttpRequestMessage(HttpMethod.Get, $"{insidersUrl}/api/v1/devices/?current=true");
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
    return (int?)(await Send(request))["count"] ?? 0;
}

// The JSON of a 200; anything else is refused, with the reasons that the server gives.
async Task<JsonNode> Send(HttpRequestMessage request)
{
    using var answer = await http.SendAsync(request);
    var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
    var json = isJson ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    if (answer.StatusCode == HttpStatusCode.OK && json is not null) return json;
    string[] names = ["error", "error_description", "detail"];
    var reasons = names.Select(name => (string?)json?[name]).OfType<string>();
    var what = $"{request.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}";
    throw new Refused(string.Join(": ", reasons.Prepend(what)));
}

static string Needed(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new Refused($"{name} is not set");

// Why there is nothing to show.
sealed class Refused(string reason) : Exception(reason);
