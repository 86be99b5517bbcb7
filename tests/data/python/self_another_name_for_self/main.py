class A:
    def run(this):
        this.work()

    def work(this):
        pass


A().run()
