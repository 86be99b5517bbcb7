function Page() {
  return <main />;
}
export default Page;
