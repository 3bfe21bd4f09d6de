#include "protocol/transport/lines.hpp"

#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace transport {
namespace {

constexpr std::size_t kReadSize = 64 * 1024;
constexpr std::size_t kKeptCapacity = 1024 * 1024;  // A buffer that grew beyond is given back.

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

}  // namespace

std::optional<Received> LineBuffer::next() {
  for (;;) {
    const std::size_t end = bytes_.find('\n', std::max(start_, searched_));
    if (end == std::string::npos) break;
    if (std::optional<Received> line = take(end, 1)) return line;
  }
  searched_ = bytes_.size();
  if (bytes_.size() - start_ > line_max_) skip_long_line();
  if (!finished_) return std::nullopt;
  if (std::optional<Received> line = take(bytes_.size(), 0)) return line;
  return Received{.event = Event::End};
}

// The line that ends at `end`, nothing if it is blank; `skip` bytes of line end go with it.
std::optional<Received> LineBuffer::take(std::size_t end, std::size_t skip) {
  Received line{.event = Event::Message};
  const std::size_t length = std::exchange(skipped_, 0) + (end - start_);
  if (length > line_max_) {
    if (beginning_.empty()) keep_beginning(end);
    line = {.event = Event::TooLong, .bytes = std::exchange(beginning_, {}), .length = length};
  } else {
    line.bytes.assign(bytes_, start_, end - start_);
    if (line.bytes.ends_with('\r')) line.bytes.pop_back();
    line.length = line.bytes.size();
  }
  start_ = end + skip;
  searched_ = start_;
  if (start_ == bytes_.size()) {
    bytes_.clear();
    if (bytes_.capacity() > kKeptCapacity) bytes_.shrink_to_fit();
    start_ = searched_ = 0;
  }
  if (line.event == Event::Message && is_blank(line.bytes)) return std::nullopt;
  return line;
}

void LineBuffer::keep_beginning(std::size_t end) {
  beginning_.assign(bytes_, start_, std::min(end - start_, kBeginningKept));
}

void LineBuffer::skip_long_line() {
  if (beginning_.empty()) keep_beginning(bytes_.size());
  skipped_ += bytes_.size() - start_;
  bytes_.clear();
  bytes_.shrink_to_fit();
  start_ = searched_ = 0;
}

void LineBuffer::append(std::string_view bytes) {
  if (start_ > 0) {
    bytes_.erase(0, start_);
    searched_ -= start_;
    start_ = 0;
  }
  bytes_.append(bytes);
}

Filled fill(int fd, LineBuffer& buffer) {
  std::array<char, kReadSize> chunk;
  for (;;) {
    const ssize_t got = ::read(fd, chunk.data(), chunk.size());
    if (got > 0) {
      buffer.append({chunk.data(), static_cast<std::size_t>(got)});
      return Filled::Bytes;
    }
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Filled::Nothing;
    return Filled::End;
  }
}

bool write_line(int fd, std::string_view message, Deadline deadline) {
  char line_end = '\n';
  std::array<iovec, 2> parts{{{const_cast<char*>(message.data()), message.size()}, {&line_end, 1}}};
  std::size_t left = message.size() + 1;
  while (left > 0) {
    const ssize_t wrote = ::writev(fd, parts.data(), static_cast<int>(parts.size()));
    if (wrote < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
      pollfd writable{.fd = fd, .events = POLLOUT, .revents = 0};
      if (::poll(&writable, 1, poll_timeout(deadline)) == 0) return false;
      continue;
    }
    left -= static_cast<std::size_t>(wrote);
    std::size_t taken = static_cast<std::size_t>(wrote);
    for (iovec& part : parts) {
      const std::size_t here = std::min(taken, part.iov_len);
      part.iov_base = static_cast<char*>(part.iov_base) + here;
      part.iov_len -= here;
      taken -= here;
    }
  }
  return true;
}

int poll_timeout(Deadline deadline) {
  if (!deadline) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 1 << 30));
}

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace transport
