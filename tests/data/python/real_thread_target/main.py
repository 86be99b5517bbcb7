import threading
from concurrent.futures import ThreadPoolExecutor


class Worker:
    def start(self):
        thread = threading.Thread(target=self.loop, args=(1,))
        thread.start()
        thread.join()

    def loop(self, n):
        pass


def work(n):
    pass


Worker().start()
with ThreadPoolExecutor() as pool:
    pool.submit(work, 1)
