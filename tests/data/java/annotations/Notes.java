@interface Route {
    String value();
}
class Notes {
    @Route("/a")
    void list() {}

    @Deprecated
    void old() {}
}
