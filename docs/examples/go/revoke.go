//go:build ignore

// Revoke: gives a refresh token back, for instance when a person disconnects your application.
//
// Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... go run revoke.go
// Needs: Go 1.22 or later, no modules

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

// No redirects: a secret or a token goes to the address it is meant for, or nowhere.
var client = &http.Client{
	Timeout:       10 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func revoke(refreshToken string) error {
	form := url.Values{"token": {refreshToken}, "token_type_hint": {"refresh_token"}}
	request, err := http.NewRequest("POST", insidersURL+"/oauth2/revoke-token/", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(clientID, needed("INSIDERS_CLIENT_SECRET"))
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("Insiders API cannot be reached: %w", err)
	}
	defer response.Body.Close()
	// 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
	if response.StatusCode == http.StatusOK {
		return nil
	}
	var refusal struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
	}
	json.NewDecoder(response.Body).Decode(&refusal) // what is not JSON has no reasons
	return fmt.Errorf("%s answered %d: %s: %s", request.URL.Path, response.StatusCode, refusal.Code, refusal.Description)
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
	if err := revoke(needed("REFRESH_TOKEN")); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Revoked: this refresh token and its access tokens no longer work.")
}
