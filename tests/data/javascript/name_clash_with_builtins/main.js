const xs = [];
xs.push(1);
xs.map(String);
fetch("x").then((r) => r);
