package api

import "net/http"

func fail(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), status(err))
		return
	}
	http.Error(w, "gone", 404)
}

func status(err error) int { return 500 }

func clamp(n int) int {
	if n < 0 {
		return 0
	}
	return n
}
