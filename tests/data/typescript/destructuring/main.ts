import * as all from "./all";
const { one, two: renamed } = all;
const [first] = [all.three];
function take({ four }: { four: () => void }) {
  four();
}
one();
renamed();
first();
take({ four: all.four });
