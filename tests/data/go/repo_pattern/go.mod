module github.com/acme/app
