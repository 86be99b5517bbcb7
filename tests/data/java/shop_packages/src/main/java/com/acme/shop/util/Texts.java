package com.acme.shop.util;

public class Texts {
    public static String join(String sep, Iterable<String> parts) { return String.join(sep, parts); }
    public static boolean isBlank(String s) { return s == null || trim(s).isEmpty(); }
    public static String upper(String s) { return s.toUpperCase(); }
    private static String trim(String s) { return s.trim(); }
}
