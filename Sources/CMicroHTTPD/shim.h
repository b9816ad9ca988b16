#pragma once
#include <microhttpd.h>

// What Swift cannot see of GNU libmicrohttpd: functions with variable arguments and casts in macros.

static const uint64_t shim_mhd_size_unknown = MHD_SIZE_UNKNOWN;

/// Everything that a daemon of ours is started with. The sockets are accepted outside and handed in.
struct shim_mhd_settings {
    void *context;
    MHD_AccessHandlerCallback handle;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connection;
    void *(*request_line)(void *context, const char *target, struct MHD_Connection *connection);
    size_t (*keep_escapes)(void *context, struct MHD_Connection *connection, char *text);
    unsigned int connections;
    unsigned int idle_seconds;
    size_t connection_memory;
    size_t stack;
};

static inline struct MHD_Daemon *shim_mhd_start(const struct shim_mhd_settings *s) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET |
            MHD_USE_SUPPRESS_DATE_NO_CLOCK | MHD_USE_TURBO,
        0, NULL, NULL, s->handle, s->context,
        MHD_OPTION_NOTIFY_COMPLETED, s->completed, s->context,
        MHD_OPTION_NOTIFY_CONNECTION, s->connection, s->context,
        MHD_OPTION_URI_LOG_CALLBACK, s->request_line, s->context,
        MHD_OPTION_UNESCAPE_CALLBACK, s->keep_escapes, NULL,
        MHD_OPTION_CONNECTION_LIMIT, s->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, s->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, s->connection_memory,
        MHD_OPTION_THREAD_STACK_SIZE, s->stack,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
}

/// The socket of a connection; -1 when it is not known.
static inline int shim_mhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// What the connection callback stored when the connection began.
static inline void *shim_mhd_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/// The size of request line, fields and the empty line after them; 0 when it is not known.
static inline long shim_mhd_header_bytes(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? (long)info->header_size : 0;
}
