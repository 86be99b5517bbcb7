const { compose, pipe } = require('./fp');
const { trim, upper, exclaim } = require('./steps');
const shout = pipe(trim, upper, exclaim);
const quiet = compose(trim, (s) => s.toLowerCase());
console.log(shout(' hi '), quiet(' HI '));
