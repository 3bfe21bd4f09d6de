#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/transport/transport.hpp"

/// What the transports over file descriptors share: lines out of bytes, bytes out of lines.
namespace transport {

/// Cuts a stream of bytes into lines. "\r\n" ends a line as "\n" does, blank lines are left out,
/// and a last line without an end counts. Used by one thread at a time.
class LineBuffer {
 public:
  explicit LineBuffer(std::size_t line_max = kMessageMax) : line_max_(line_max) {}

  /// The next line (Message or TooLong), or nothing until more bytes came; after finish() the rest
  /// of the bytes and then End.
  std::optional<Received> next();

  void append(std::string_view bytes);
  void finish() { finished_ = true; }

 private:
  std::optional<Received> take(std::size_t end, std::size_t skip);
  void keep_beginning(std::size_t end);
  void skip_long_line();

  std::size_t line_max_;
  std::string bytes_;       // Received, not yet handed out, from start_ on.
  std::size_t start_{};     // Where the next line begins.
  std::size_t searched_{};  // No line end before this.
  std::size_t skipped_{};   // Bytes of the line that is too long and being skipped.
  std::string beginning_;   // Of that line.
  bool finished_{};
};

/// What became of one read(2).
enum class Filled { Bytes, Nothing, End };

/// One read(2) into the buffer. Nothing: the descriptor does not block and has none now. A failing
/// descriptor counts as End.
Filled fill(int fd, LineBuffer& buffer);

/// Writes the message and a line break with one write(2) where the descriptor takes it at once, and
/// waits for it, up to the deadline, where it does not. The deadline binds only descriptors that do
/// not block. False if the peer is gone or late.
bool write_line(int fd, std::string_view message, Deadline deadline);

/// For poll(2): milliseconds until the deadline, at least 0; -1 for none.
int poll_timeout(Deadline deadline);

/// A peer that closed its end becomes a failed write instead of the death of this process.
void ignore_broken_pipes();

}  // namespace transport
