//go:build ignore

// Paging: walks through all pages of the devices that a person owns or has owned.
//
// Run:   ACCESS_TOKEN=... go run paging.go
// Needs: Go 1.23 or later, no modules

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"
)

var insidersURL = cmp.Or(os.Getenv("INSIDERS_URL"), "https://api.insiders.example")

const tries = 5

var client = &http.Client{Timeout: 10 * time.Second}

type device struct {
	ID           int
	SerialNumber string `json:"serial_number"`
	DeviceName   string `json:"device_name"`
	CustomName   string `json:"custom_name"`
}

type page struct {
	Count   int
	Next    *int // the number of the next page; nil on the last
	Results []device
}

// devices yields all devices, one after the other; each page is fetched when it is needed.
func devices(accessToken string) iter.Seq2[device, error] {
	return func(yield func(device, error) bool) {
		first := 1
		for next := &first; next != nil; {
			answer, err := getPage(accessToken, *next)
			if err != nil {
				yield(device{}, err)
				return
			}
			for _, each := range answer.Results {
				if !yield(each, nil) {
					return
				}
			}
			next = answer.Next
		}
	}
}

func getPage(accessToken string, number int) (*page, error) {
	address := fmt.Sprintf("%s/api/v1/devices/?page=%d&limit=100", insidersURL, number)
	request, err := http.NewRequest("GET", address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+accessToken)
	for attempt := 1; ; attempt++ {
		answer, wait, err := try(request)
		if wait == 0 || attempt == tries {
			return answer, err
		}
		log.Printf("Too many requests: waiting %v", wait)
		time.Sleep(wait)
	}
}

// try answers with a page, or with an error; also with a time if it is worth trying again after that.
func try(request *http.Request) (*page, time.Duration, error) {
	response, err := client.Do(request)
	if err != nil {
		return nil, 0, fmt.Errorf("Insiders API cannot be reached: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		var answer page
		err := json.NewDecoder(response.Body).Decode(&answer)
		return &answer, 0, err
	}
	var refusal struct{ Detail string }
	json.NewDecoder(response.Body).Decode(&refusal) // what is not JSON has no reason
	err = fmt.Errorf("%s answered %d: %s", request.URL.Path, response.StatusCode, refusal.Detail)
	if response.StatusCode != http.StatusTooManyRequests {
		return nil, 0, err
	}
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return nil, time.Duration(max(seconds, 1)) * time.Second, err
}

func main() {
	log.SetFlags(0)
	accessToken := os.Getenv("ACCESS_TOKEN")
	if accessToken == "" {
		log.Fatal("ACCESS_TOKEN is not set")
	}
	number := 0
	for each, err := range devices(accessToken) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(each.SerialNumber, each.CustomName)
		number++
	}
	fmt.Printf("%d devices\n", number)
}
