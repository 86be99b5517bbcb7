import { Button } from "./Button";
import * as UI from "./ui";
import Card from "./Card";

function Local() {
  return <span />;
}
export function App() {
  return (
    <Card title="x">
      <Button onClick={() => save()} />
      <UI.Panel />
      <Local />
      <div className="plain">{items.map((one) => <Local key={one} />)}</div>
    </Card>
  );
}
const items: string[] = [];
function save() {}
