export default class {
  constructor() {}
  hello() {}
}
