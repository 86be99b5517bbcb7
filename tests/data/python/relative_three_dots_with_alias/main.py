from pack.x.y.z import run
run()
