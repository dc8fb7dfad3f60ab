// Paging: walks through all pages of the devices that a person owns or has owned.
//
// Run:   ACCESS_TOKEN=... dotnet run paging.cs
// Needs: .NET 10 or later, no packages
#:property PublishAot=false

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

const int tries = 5;
var insidersUrl = Environment.GetEnvironmentVariable("INSIDERS_URL") ?? "https://api.insiders.example";
var accessToken = Environment.GetEnvironmentVariable("ACCESS_TOKEN") ?? "";
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

try
{
    if (accessToken == "") throw new Refused("ACCESS_TOKEN is not set");
    var number = 0;
    await foreach (var device in Devices())
    {
        Console.WriteLine($"{device["serial_number"]} {device["custom_name"]}");
        number++;
    }
    Console.WriteLine($"{number} devices");
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

// All devices, one after the other; each page is fetched when it is needed.
async IAsyncEnumerable<JsonNode> Devices()
{
    for (int? page = 1; page is not null;)
    {
        var answer = await Get($"/api/v1/devices/?page={page}&limit=100");
        foreach (var device in answer["results"]!.AsArray()) yield return device!;
        page = (int?)answer["next"]; // a page number; null on the last page
    }
}

async Task<JsonNode> Get(string path)
{
    for (var attempt = 1; ; attempt++)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, insidersUrl + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var answer = await http.SendAsync(request);
        var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
        var json = isJson ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        if (answer.StatusCode == HttpStatusCode.OK && json is not null) return json;
        if (answer.StatusCode != HttpStatusCode.TooManyRequests || attempt == tries)
            throw new Refused($"/api/v1/devices/ answered {(int)answer.StatusCode}: {(string?)json?["detail"]}");
        var wait = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
        Console.Error.WriteLine($"Too many requests: waiting {wait.TotalSeconds} s");
        await Task.Delay(wait);
    }
}

// Why there is no list.
sealed class Refused(string reason) : Exception(reason);
