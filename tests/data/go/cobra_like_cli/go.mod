module example.com/cli
