#pragma once
#include <curl/curl.h>

// What Swift cannot see of libcurl: functions with variable arguments. One shim for each kind of argument.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static inline CURLcode shim_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}
typedef size_t (*shim_curl_data)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode shim_curl_set_data(CURL *easy, CURLoption option, shim_curl_data value) {
    return curl_easy_setopt(easy, option, value);
}
typedef int (*shim_curl_debug)(CURL *easy, curl_infotype kind, char *bytes, size_t count, void *context);
static inline CURLcode shim_curl_set_debug(CURL *easy, shim_curl_debug value) {
    return curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, value);
}
static inline CURLcode shim_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode shim_curl_get_size(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}
static inline const curl_version_info_data *shim_curl_version(void) { return curl_version_info(CURLVERSION_NOW); }
