#!/usr/bin/env bash
# Certificates for tests, for a hundred years: one CA, a server and a client of it, and a stranger who signed themselves.
set -eu
cd "$(dirname "$0")"
key() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.key"; }
signed() { # name, days
  openssl req -new -key "$1.key" -subj "/CN=$1" |
    openssl x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days "$2" -out "$3.crt" -extfile <(echo "subjectAltName=IP:127.0.0.1,DNS:localhost")
}
for name in ca other server client; do key "$name"; done
for name in ca other; do openssl req -x509 -key "$name.key" -subj "/CN=$name" -days 36500 -out "$name.crt"; done
signed server 36500 server
signed client 36500 client
signed server -1 expired
rm ca.key ca.srl
