/* The responder: sends prepared bytes as fast as a reader takes them. See wire.py for the files it sends.
 *
 *   /whole/<name>/...             <name>.whole
 *   /stream/<name>/<blocks>/...   <name>.head, <name>.block as often as asked, <name>.tail
 *   /ticks/<name>/<events>/...    <name>.head, <name>.tick every 10 ms, stamped with the time, <name>.tail
 *
 * It listens on 127.0.0.1, on a port that it prints, with one thread for each connection, and ends by itself after ten minutes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LIFE_S = 600, MOST = 100000, TICK_NS = 10000000, REQUEST = 65536, STAMP = 19 };
static const char *const STAMPED = "@@@@@@@@@@@@@@@@@@@";

typedef struct {
    char *bytes;
    size_t size;
} Piece;

static Piece load(const char *name, const char *part) {
    char path[256];
    Piece piece = {NULL, 0};
    snprintf(path, sizeof path, "%s.%s", name, part);
    FILE *file = fopen(path, "rb");
    if (!file) return piece;
    fseek(file, 0, SEEK_END);
    piece.size = (size_t)ftell(file);
    rewind(file);
    piece.bytes = malloc(piece.size + 1);
    piece.size = fread(piece.bytes, 1, piece.size, file);
    piece.bytes[piece.size] = 0;
    fclose(file);
    return piece;
}

static int push(int to, Piece piece) {
    for (size_t sent = 0; sent < piece.size;) {
        ssize_t step = send(to, piece.bytes + sent, piece.size - sent, MSG_NOSIGNAL);
        if (step <= 0) return -1;
        sent += (size_t)step;
    }
    return 0;
}

static int push_part(int to, const char *name, const char *part, long times) {
    Piece piece = load(name, part);
    int failed = piece.bytes ? 0 : -1;
    while (!failed && times-- > 0) failed = push(to, piece);
    free(piece.bytes);
    return failed;
}

static int push_ticks(int to, const char *name, long times) {
    Piece tick = load(name, "tick");
    char *stamp = tick.bytes ? strstr(tick.bytes, STAMPED) : NULL, digits[STAMP + 1];
    struct timespec due, now;
    int failed = stamp ? 0 : -1;
    clock_gettime(CLOCK_MONOTONIC, &due);
    while (!failed && times-- > 0) {
        due.tv_nsec += TICK_NS;
        if (due.tv_nsec >= 1000000000) due.tv_nsec -= 1000000000, due.tv_sec++;
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL)) {}
        clock_gettime(CLOCK_MONOTONIC, &now);
        snprintf(digits, sizeof digits, "%019lld", now.tv_sec * 1000000000LL + now.tv_nsec);
        memcpy(stamp, digits, STAMP);
        failed = push(to, tick);
    }
    free(tick.bytes);
    return failed;
}

static int answer(int to, const char *kind, const char *name, long count) {
    if (!strcmp(kind, "whole")) return push_part(to, name, "whole", 1);
    if (count > MOST || push_part(to, name, "head", 1)) return -1;
    if (strcmp(kind, "ticks") ? push_part(to, name, "block", count) : push_ticks(to, name, count)) return -1;
    return push_part(to, name, "tail", 1);
}

/* Reads one request, head and body; what has come of the next one stays in the buffer. */
static char *receive(int from, char *buffer, size_t *have, size_t *size) {
    for (;;) {
        buffer[*have] = 0;
        char *end = strstr(buffer, "\r\n\r\n");
        if (end) {
            char *length = strcasestr(buffer, "\r\ncontent-length:");
            *size = (size_t)(end + 4 - buffer) + (length && length < end ? strtoul(length + 17, NULL, 10) : 0);
            if (*size > REQUEST) return NULL;
            if (*have >= *size) return buffer;
        }
        ssize_t more = recv(from, buffer + *have, REQUEST - *have, 0);
        if (more <= 0) return NULL;
        *have += (size_t)more;
    }
}

static void *serve(void *given) {
    int connection = (int)(long)given, at_once = 1;
    char *buffer = malloc(REQUEST + 1), kind[16], name[32];
    size_t have = 0, size = 0;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    while (receive(connection, buffer, &have, &size)) {
        long count = 0;
        if (sscanf(buffer, "%*s /%15[a-z]/%31[a-z]/%ld", kind, name, &count) < 2) break;
        if (answer(connection, kind, name, count)) break;
        memmove(buffer, buffer + size, have -= size);
    }
    free(buffer);
    close(connection);
    return NULL;
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int door = socket(AF_INET, SOCK_STREAM, 0);
    signal(SIGPIPE, SIG_IGN);
    alarm(LIFE_S);
    if (argc != 2 || chdir(argv[1]) || bind(door, (void *)&address, length) || listen(door, 512)) return 1;
    getsockname(door, (void *)&address, &length);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int connection = accept(door, NULL, NULL);
        pthread_t thread;
        if (connection < 0) continue;
        if (pthread_create(&thread, NULL, serve, (void *)(long)connection)) close(connection);
        else pthread_detach(thread);
    }
}
