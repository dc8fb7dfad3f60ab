// Authorization code: a person allows this application to read their data, and it says how many devices they own.
//
// Run:   INSIDERS_CLIENT_SECRET=... dotnet run authorization-code.cs
//        and open http://127.0.0.1:8000/authenticate in your browser
// Needs: .NET 10 or later, no packages
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

var insidersUrl = Environment.GetEnvironmentVariable("INSIDERS_URL") ?? "https://api.insiders.example";
var clientId = Environment.GetEnvironmentVariable("INSIDERS_CLIENT_ID") ?? "YOUR_CLIENT_ID_HERE";
var redirectUri = Environment.GetEnvironmentVariable("INSIDERS_REDIRECT_URI") ?? "http://127.0.0.1:8000/authorized/";
var clientSecret = Environment.GetEnvironmentVariable("INSIDERS_CLIENT_SECRET") ?? "";
if (clientSecret == "")
{
    Console.Error.WriteLine("INSIDERS_CLIENT_SECRET is not set");
    return 1;
}

// No redirects: a code, a secret or a token goes to the address it is meant for, or nowhere.
using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
{
    Timeout = TimeSpan.FromSeconds(10),
};

var port = new Uri(redirectUri).Port;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders(); // the addresses of requests hold codes
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
var app = builder.Build();
app.Use(async (context, next) =>
{
    try
    {
        await next(context);
    }
    catch (Refused refused)
    {
        await Show(context, 400, "Not authorized", refused.Message);
    }
    catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
    {
        await Show(context, 502, "Not authorized", $"Insiders API cannot be reached: {problem.GetType().Name}");
    }
});
app.MapGet("/authenticate", Authenticate);
app.MapGet("/authorized/", Authorized);
Console.WriteLine($"Open http://127.0.0.1:{port}/authenticate in your browser");
await app.RunAsync();
return 0;

// Sends the browser to Insiders, where the person logs in and decides.
Task Authenticate(HttpContext context)
{
    var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    // The cookies bind the request to this browser: nobody else's answer fits.
    context.Response.Cookies.Append("state", state, CookieFor(context));
    context.Response.Cookies.Append("verifier", verifier, CookieFor(context));
    var query = new Dictionary<string, string?>
    {
        ["client_id"] = clientId,
        ["response_type"] = "code",
        ["redirect_uri"] = redirectUri,
        ["state"] = state,
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
        ["code_challenge_method"] = "S256",
    };
    context.Response.Redirect(QueryHelpers.AddQueryString($"{insidersUrl}/oauth2/authorize/", query));
    return Task.CompletedTask;
}

// Insiders sends the browser back here, with a code or with an error.
async Task Authorized(HttpContext context)
{
    var query = context.Request.Query;
    var state = context.Request.Cookies["state"];
    if (string.IsNullOrEmpty(state) || query["state"] != state)
        throw new Refused("The state is wrong: this is not the answer to a request of this browser.");
    if (query.ContainsKey("error"))
        throw new Refused($"{query["error"]}: {query["error_description"]}");
    var tokens = await Exchange(query["code"].ToString(), context.Request.Cookies["verifier"] ?? "");
    // Keep tokens["refresh_token"] in a safe place: it gets new access tokens without asking the person again.
    var count = await CountDevices((string?)tokens["access_token"]);
    foreach (var name in new[] { "state", "verifier" })
        context.Response.Cookies.Delete(name, new CookieOptions { Path = "/authorized/" });
    await Show(context, 200, "Success", $"You currently own {count} devices.");
}

Task<JsonNode> Exchange(string code, string verifier)
{
    var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}"));
    var request = new HttpRequestMessage(HttpMethod.Post, $"{insidersUrl}/oauth2/token/")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = verifier,
        }),
    };
    request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
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

static CookieOptions CookieFor(HttpContext context) => new()
{
    HttpOnly = true,
    MaxAge = TimeSpan.FromMinutes(10),
    Path = "/authorized/",
    SameSite = SameSiteMode.Lax,
    Secure = context.Request.IsHttps,
};

static Task Show(HttpContext context, int status, string title, string text)
{
    context.Response.StatusCode = status;
    context.Response.ContentType = "text/html; charset=utf-8";
    var safe = WebUtility.HtmlEncode(text);
    return context.Response.WriteAsync($"<!doctype html><title>{title}</title><h1>{title}</h1><p>{safe}</p>");
}

// Why there is nothing to show, for the person to read.
sealed class Refused(string reason) : Exception(reason);
