const handlers = [];
for (let i = 0; i < 3; i++) {
  const local = () => i;
  handlers.push(() => local());
}
