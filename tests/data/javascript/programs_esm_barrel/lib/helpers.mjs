export const helper = () => inner();
function inner() {}
