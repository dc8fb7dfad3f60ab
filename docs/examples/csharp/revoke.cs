// Revoke: gives a refresh token back, for instance when a person disconnects your application.
//
// Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... dotnet run revoke.cs
// Needs: .NET 10 or later, no packages
#:property PublishAot=false

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

var insidersUrl = Environment.GetEnvironmentVariable("INSIDERS_URL") ?? "https://api.insiders.example";
var clientId = Environment.GetEnvironmentVariable("INSIDERS_CLIENT_ID") ?? "YOUR_CLIENT_ID_HERE";

// No redirects: a secret or a token goes to the address it is meant for, or nowhere.
using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
{
    Timeout = TimeSpan.FromSeconds(10),
};

try
{
    await Revoke(Needed("REFRESH_TOKEN"));
    Console.WriteLine("Revoked: this refresh token and its access tokens no longer work.");
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

async Task Revoke(string refreshToken)
{
    var credentials = Encoding.UTF8.GetBytes($"{clientId}:{Needed("INSIDERS_CLIENT_SECRET")}");
    var request = new HttpRequestMessage(HttpMethod.Post, $"{insidersUrl}/oauth2/revoke-token/")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = refreshToken,
            ["token_type_hint"] = "refresh_token",
        }),
    };
    request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    using var answer = await http.SendAsync(request);
    // 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
    if (answer.StatusCode == HttpStatusCode.OK) return;
    var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
    var json = isJson ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    var reason = $"{(string?)json?["error"]}: {(string?)json?["error_description"]}";
    throw new Refused($"/oauth2/revoke-token/ answered {(int)answer.StatusCode}: {reason}");
}

static string Needed(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new Refused($"{name} is not set");

// Why the token was not revoked.
sealed class Refused(string reason) : Exception(reason);
