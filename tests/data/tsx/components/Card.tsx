import React from "react";
export default class Card extends React.Component {
  render() {
    return this.props.children;
  }
}
