from pack.sub.deep import run
run()
