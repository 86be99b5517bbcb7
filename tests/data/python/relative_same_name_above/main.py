from pack.mod import run
run()
