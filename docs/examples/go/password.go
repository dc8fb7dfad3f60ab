//go:build ignore

// Password: an older application exchanges what the person typed into it for tokens, and counts their devices.
//
// Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... go run password.go
// Needs: Go 1.22 or later, no modules. Prefer the authorization code where you can: it needs no password.

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

var (
	insidersURL = cmp.Or(os.Getenv("INSIDERS_URL"), "https://api.insiders.example")
	clientID    = cmp.Or(os.Getenv("INSIDERS_CLIENT_ID"), "YOUR_CLIENT_ID_HERE")
)

// No redirects: a password, a secret or a token goes to the address it is meant for, or nowhere.
var client = &http.Client{
	Timeout:       10 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
}

func logIn(username, password string) (answer tokens, err error) {
	form := url.Values{"grant_type": {"password"}, "username": {username}, "password": {password}}
	err = postForm("/oauth2/token/", form, &answer)
	return answer, err
}

// postForm sends a form with the credentials of the application.
func postForm(path string, form url.Values, answer any) error {
	request, err := http.NewRequest("POST", insidersURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(clientID, needed("INSIDERS_CLIENT_SECRET"))
	return send(request, answer)
}

func countDevices(accessToken string) (int, error) {
	request, err := http.NewRequest("GET", insidersURL+"/api/v1/devices/?current=true", nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Authorization", "Bearer "+accessToken)
	var devices struct{ Count int }
	err = send(request, &devices)
	return devices.Count, err
}

// send reads the JSON of a 200 into answer; anything else is an error, with the reasons that the server gives.
func send(request *http.Request, answer any) error {
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("Insiders API cannot be reached: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		return json.NewDecoder(response.Body).Decode(answer)
	}
	var refusal struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
		Detail      string
	}
	json.NewDecoder(response.Body).Decode(&refusal) // what is not JSON has no reasons
	reason := strings.Trim(refusal.Code+": "+refusal.Description+refusal.Detail, ": ")
	return fmt.Errorf("%s answered %d: %s", request.URL.Path, response.StatusCode, reason)
}

func needed(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("%s is not set", name)
	}
	return value
}

func main() {
	log.SetFlags(0)
	answer, err := logIn(needed("INSIDERS_USERNAME"), needed("INSIDERS_PASSWORD"))
	if err != nil {
		log.Fatal(err)
	}
	// Forget the password now and keep answer.RefreshToken: it gets new access tokens from here on.
	count, err := countDevices(answer.AccessToken)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("You currently own %d devices.\n", count)
}
