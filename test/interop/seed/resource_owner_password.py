import requests
import json

# Replace the following with your actual client and user credentials
# In production, you may load it from a secured storage
client_id = 'abc123def456'
client_secret = '789ghi123klm'
username = "john.doe@example.org"
password = "mysecurepassword"

data = {
    'grant_type': 'password',
    'username': username,
    'password': password
}

response = requests.post('https://api.asi.swiss/oauth2/token/',
                         data=data,
                         verify=False,
                         allow_redirects=False,
                         auth=(client_id, client_secret)).json()

access_token = response['access_token']

# now that we have an access token, we are free to access the
# user's data and do anything with it
# for the example here we will just show the user how many
# devices he currently owns
devices_list = requests.get(f'https://api.asi.swiss/api/v1/devices/',
                            params={'current': True},
                            headers={'Authorization': f"Bearer {access_token}"},
                            verify=False).json()
