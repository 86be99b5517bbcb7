function getVersion() { return '1'; }
export { getVersion };
