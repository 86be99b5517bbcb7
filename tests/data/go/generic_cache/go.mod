module example.com/gc
