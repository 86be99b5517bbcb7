class Timer {
  ticks = 0;
  start() {
    setInterval(() => this.tick(), 10);
    setTimeout(this.stop.bind(this));
  }
  tick() {
    this.ticks++;
  }
  stop = () => {
    this.tick();
  };
}
