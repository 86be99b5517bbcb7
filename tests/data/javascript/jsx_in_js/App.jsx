import Title from "./Title";
export function App() {
  return <Title text="a" />;
}
