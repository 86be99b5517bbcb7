module.exports = { create() {} };
