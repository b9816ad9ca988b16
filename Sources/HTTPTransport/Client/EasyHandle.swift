import CCurl

/// A libcurl easy handle with typed options. Belongs to one thread at a time.
struct EasyHandle {
    let pointer: UnsafeMutableRawPointer

    func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try check(shim_curl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, size: Int) throws(HTTPClientError) {
        try check(shim_curl_set_size(pointer, option, curl_off_t(size)))
    }

    /// libcurl keeps a copy of the text; nil unsets it.
    func set(_ option: CURLoption, _ text: String?) throws(HTTPClientError) {
        try check(shim_curl_set_text(pointer, option, text))
    }

    /// The pointer must stay valid until the request ends.
    func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) throws(HTTPClientError) {
        try check(shim_curl_set_pointer(pointer, option, value))
    }

    /// The list must stay alive until the request ends.
    func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) throws(HTTPClientError) {
        try check(shim_curl_set_list(pointer, option, list))
    }

    func set(_ option: CURLoption, callback: @escaping shim_curl_data) throws(HTTPClientError) {
        try check(shim_curl_set_data(pointer, option, callback))
    }

    func setTrace(_ callback: @escaping shim_curl_debug) throws(HTTPClientError) {
        try check(shim_curl_set_debug(pointer, callback))
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return shim_curl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return shim_curl_get_size(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    private func check(_ outcome: CURLcode) throws(HTTPClientError) {
        if outcome != CURLE_OK { throw .failed(libraryError: outcome.rawValue) }
    }
}
