//go:build ignore

// Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.
//
// Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... go run refresh.go
//        From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
// Needs: Go 1.22 or later, no modules

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

var (
	insidersURL  = cmp.Or(os.Getenv("INSIDERS_URL"), "https://api.insiders.example")
	clientID     = cmp.Or(os.Getenv("INSIDERS_CLIENT_ID"), "YOUR_CLIENT_ID_HERE")
	clientSecret = os.Getenv("INSIDERS_CLIENT_SECRET")
	tokenFile    = cmp.Or(os.Getenv("INSIDERS_TOKEN_FILE"), "insiders-tokens.json")
)

// How long before its end an access token is replaced.
const margin = 5 * time.Minute

// No redirects: a secret or a token goes to the address it is meant for, or nowhere.
var client = &http.Client{
	Timeout:       10 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	ExpiresAt    int64  `json:"expires_at"` // seconds since 1970
}

// A tokenKeeper is shared by the goroutines of a process. Several processes need one lock for all: a row in a database.
type tokenKeeper struct {
	mutex sync.Mutex
	tokens
}

func (keeper *tokenKeeper) accessToken() (string, error) {
	keeper.mutex.Lock() // callers that had to wait find the new token
	defer keeper.mutex.Unlock()
	if time.Until(time.Unix(keeper.ExpiresAt, 0)) <= margin {
		if err := keeper.refresh(); err != nil {
			return "", err
		}
	}
	return keeper.AccessToken, nil
}

func (keeper *tokenKeeper) refresh() error {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {keeper.RefreshToken}}
	var answer struct {
		tokens
		ExpiresIn int64 `json:"expires_in"`
	}
	err := postForm("/oauth2/token/", form, &answer)
	var refused refusal
	if errors.As(err, &refused) && refused.Code == "invalid_grant" {
		os.Remove(tokenFile)
		return fmt.Errorf("the user must authorize again (%s: %s)", refused.Code, refused.Description)
	}
	if err != nil {
		return err
	}
	// Always the refresh token of the answer: it may be a new one.
	keeper.tokens = answer.tokens
	keeper.ExpiresAt = time.Now().Unix() + answer.ExpiresIn
	fmt.Printf("Refreshed: good for %d s\n", answer.ExpiresIn)
	return keeper.store()
}

// store leaves a file that is readable by its owner only, and never half written.
func (keeper *tokenKeeper) store() error {
	text, _ := json.Marshal(keeper.tokens)
	if err := os.WriteFile(tokenFile+".part", text, 0o600); err != nil {
		return err
	}
	return os.Rename(tokenFile+".part", tokenFile)
}

func load() (*tokenKeeper, error) {
	keeper := &tokenKeeper{tokens: tokens{RefreshToken: os.Getenv("REFRESH_TOKEN")}}
	text, err := os.ReadFile(tokenFile)
	switch {
	case err == nil:
		return keeper, json.Unmarshal(text, &keeper.tokens)
	case !errors.Is(err, os.ErrNotExist):
		return nil, err
	case keeper.RefreshToken == "":
		return nil, errors.New("there is no refresh token yet: the user must authorize, then set REFRESH_TOKEN")
	}
	return keeper, nil
}

// postForm sends a form with the credentials of the application.
func postForm(path string, form url.Values, answer any) error {
	request, err := http.NewRequest("POST", insidersURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(clientID, clientSecret)
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
	refused := refusal{Path: request.URL.Path, Status: response.StatusCode}
	json.NewDecoder(response.Body).Decode(&refused) // what is not JSON has no reasons
	return refused
}

// A refusal is what the server answers when it doesn't do what was asked.
type refusal struct {
	Path        string `json:"-"`
	Status      int    `json:"-"`
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

func (r refusal) Error() string {
	return strings.TrimRight(fmt.Sprintf("%s answered %d: %s: %s", r.Path, r.Status, r.Code, r.Description), ": ")
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	log.SetFlags(0)
	if clientSecret == "" {
		log.Fatal("INSIDERS_CLIENT_SECRET is not set")
	}
	keeper := must(load())
	answers := make(chan string)
	for range 3 {
		go func() { answers <- must(keeper.accessToken()) }()
	}
	accessTokens := map[string]bool{<-answers: true, <-answers: true, <-answers: true}
	fmt.Printf("Access tokens of 3 parallel callers: %d\n", len(accessTokens))
	fmt.Printf("You currently own %d devices.\n", must(countDevices(must(keeper.accessToken()))))
}
