import { memo, forwardRef } from "react";
const Row = memo(function Row() {
  return <li />;
});
export const List = forwardRef((props, ref) => {
  return <Row />;
});
