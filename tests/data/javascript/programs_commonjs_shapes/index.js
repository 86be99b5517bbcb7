module.exports = {
  math: require('./math'),
  get Logger() { return require('./logger'); },
};
