//go:build ignore

// Authorization code: a person allows this application to read their data, and it says how many devices they own.
//
// Run:   INSIDERS_CLIENT_SECRET=... go run authorization-code.go
//        and open http://127.0.0.1:8000/authenticate in your browser
// Needs: Go 1.24 or later, no modules

package main

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

var (
	insidersURL  = cmp.Or(os.Getenv("INSIDERS_URL"), "https://api.insiders.example")
	clientID     = cmp.Or(os.Getenv("INSIDERS_CLIENT_ID"), "YOUR_CLIENT_ID_HERE")
	redirectURI  = cmp.Or(os.Getenv("INSIDERS_REDIRECT_URI"), "http://127.0.0.1:8000/authorized/")
	clientSecret = os.Getenv("INSIDERS_CLIENT_SECRET")
)

// No redirects: a code, a secret or a token goes to the address it is meant for, or nowhere.
var client = &http.Client{
	Timeout:       10 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// authenticate sends the browser to Insiders, where the person logs in and decides.
func authenticate(w http.ResponseWriter, r *http.Request) {
	state, verifier := rand.Text(), rand.Text()+rand.Text() // a verifier has 43 characters at least
	challenge := sha256.Sum256([]byte(verifier))
	query := url.Values{
		"client_id":             {clientID},
		"response_type":         {"code"},
		"redirect_uri":          {redirectURI},
		"state":                 {state},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(challenge[:])},
		"code_challenge_method": {"S256"},
	}
	setCookie(w, "state", state, 600)
	setCookie(w, "verifier", verifier, 600)
	http.Redirect(w, r, insidersURL+"/oauth2/authorize/?"+query.Encode(), http.StatusFound)
}

// authorized is where Insiders sends the browser back, with a code or with an error.
func authorized(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	state, verifier := readCookie(r, "state"), readCookie(r, "verifier")
	if state == "" || query.Get("state") != state {
		refuse(w, "The state is wrong: this is not the answer to a request of this browser.")
	} else if query.Has("error") {
		refuse(w, query.Get("error")+": "+query.Get("error_description"))
	} else if count, err := countDevices(query.Get("code"), verifier); err != nil {
		refuse(w, err.Error())
	} else {
		setCookie(w, "state", "", -1)
		setCookie(w, "verifier", "", -1)
		show(w, http.StatusOK, "Success", fmt.Sprintf("You currently own %d devices.", count))
	}
}

// countDevices exchanges the code for tokens, and uses the access token.
func countDevices(code, verifier string) (int, error) {
	form := url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {code},
		"redirect_uri":  {redirectURI},
		"code_verifier": {verifier},
	}
	request, err := http.NewRequest("POST", insidersURL+"/oauth2/token/", strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(clientID, clientSecret)
	// The answer also holds a refresh_token. Keep it in a safe place: it gets new access tokens without asking again.
	var tokens struct {
		AccessToken string `json:"access_token"`
	}
	if err := send(request, &tokens); err != nil {
		return 0, err
	}
	if request, err = http.NewRequest("GET", insidersURL+"/api/v1/devices/?current=true", nil); err != nil {
		return 0, err
	}
	request.Header.Set("Authorization", "Bearer "+tokens.AccessToken)
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

// Cookies bind the request to this browser: nobody else's answer fits. On https, add Secure.
func setCookie(w http.ResponseWriter, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, MaxAge: seconds, Path: "/authorized/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func readCookie(r *http.Request, name string) string {
	if cookie, err := r.Cookie(name); err == nil {
		return cookie.Value
	}
	return ""
}

func refuse(w http.ResponseWriter, reason string) {
	show(w, http.StatusBadRequest, "Not authorized", reason)
}

func show(w http.ResponseWriter, status int, title, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!doctype html><title>%s</title><h1>%s</h1><p>%s</p>", title, title, html.EscapeString(text))
}

func main() {
	log.SetFlags(0)
	if clientSecret == "" {
		log.Fatal("INSIDERS_CLIENT_SECRET is not set")
	}
	http.HandleFunc("/authenticate", authenticate)
	http.HandleFunc("/authorized/", authorized)
	address, err := url.Parse(redirectURI)
	if err != nil {
		log.Fatal(err)
	}
	host := "127.0.0.1:" + cmp.Or(address.Port(), "80")
	fmt.Printf("Open http://%s/authenticate in your browser\n", host)
	log.Fatal(http.ListenAndServe(host, nil))
}
