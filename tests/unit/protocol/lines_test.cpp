#include "protocol/transport/lines.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "protocol/transport/descriptor.hpp"
#include "protocol/transport/in_memory.hpp"
#include "protocol/transport/stdio.hpp"

namespace {

using transport::Descriptor;
using transport::Event;
using transport::LineBuffer;
using transport::Received;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
  }
  Descriptor read{};
  Descriptor write{};
};

void put(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
    ASSERT_GT(wrote, 0);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

/// All lines of a stream that arrives in pieces of `piece` bytes.
std::vector<std::string> lines_of(std::string_view stream, std::size_t piece,
                                  std::size_t line_max) {
  LineBuffer buffer(line_max);
  std::vector<std::string> lines;
  const auto take = [&] {
    for (auto line = buffer.next(); line && line->event != Event::End; line = buffer.next()) {
      lines.push_back(line->event == Event::TooLong ? "too long " + std::to_string(line->length)
                                                    : line->bytes);
    }
  };
  for (; !stream.empty(); stream.remove_prefix(std::min(piece, stream.size()))) {
    buffer.append(stream.substr(0, piece));
    take();
  }
  buffer.finish();
  take();
  return lines;
}

TEST(Lines, AreCutAlikeHoweverTheBytesArrive) {
  const std::string stream = "one\n\r\n  \ntwo\r\nfour bytes\n" + std::string(50, 'x') + "\nlast";
  const std::vector<std::string> expected{"one", "two", "four bytes", "too long 50", "last"};
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 11U, 1000U}) {
    EXPECT_EQ(lines_of(stream, piece, 10), expected) << piece;
  }
  EXPECT_EQ(lines_of("", 1, 10), std::vector<std::string>{});
  EXPECT_EQ(lines_of(std::string(30, 'y'), 4, 10), std::vector<std::string>{"too long 30"});
}

TEST(Lines, OfExactlyTheLimitAreReadAndOneByteMoreIsNot) {
  EXPECT_EQ(lines_of(std::string(10, 'a') + "\n", 100, 10).front(), std::string(10, 'a'));
  EXPECT_EQ(lines_of(std::string(11, 'a') + "\n", 100, 10).front(), "too long 11");
}

TEST(Lines, ThatAreTooLongKeepTheirBeginning) {
  const std::string line = R"({"id":7,)" + std::string(5000, 'x');
  for (const std::size_t piece : {1U, 700U, 10000U}) {
    LineBuffer buffer(10);
    std::string beginnings;
    for (const std::string& each : {line, std::string("short"), "[" + line}) {
      for (std::size_t at = 0; at < each.size(); at += piece) {
        buffer.append(std::string_view(each).substr(at, piece));
        EXPECT_FALSE(buffer.next());
      }
      buffer.append("\n");
      const auto read = buffer.next();
      beginnings += (read->event == Event::TooLong ? read->bytes.substr(0, 3) : read->bytes) + " ";
      EXPECT_LE(read->bytes.size(), transport::kBeginningKept);
    }
    EXPECT_EQ(beginnings, "{\"i short [{\" ") << piece;
  }
}

TEST(Stdio, SkipsAMessageOverSixteenMebibytesAndReadsTheNextOne) {
  Pipe in;
  Pipe out;
  transport::Stdio stdio(in.read.get(), out.write.get());
  std::thread writer([&] {
    const std::string megabyte(1024 * 1024, 'x');
    for (int i = 0; i < 17; ++i) put(in.write.get(), megabyte);
    put(in.write.get(), "\nnext\n");
  });
  const Received skipped = stdio.read({});
  EXPECT_EQ(skipped.event, Event::TooLong);
  EXPECT_EQ(skipped.length, 17U * 1024 * 1024);
  EXPECT_EQ(stdio.read({}).bytes, "next");
  writer.join();
  in.write.reset();
  EXPECT_EQ(stdio.read({}).event, Event::End);
}

TEST(Stdio, WritesLinesAndSaysWhenNobodyReadsThemAnyMore) {
  Pipe in;
  Pipe out;
  transport::Stdio stdio(in.read.get(), out.write.get());
  EXPECT_TRUE(stdio.write("hello", {}));
  std::array<char, 16> bytes{};
  EXPECT_EQ(::read(out.read.get(), bytes.data(), bytes.size()), 6);
  EXPECT_STREQ(bytes.data(), "hello\n");
  out.read.reset();
  EXPECT_FALSE(stdio.write("hello", {}));
  EXPECT_EQ(stdio.read({}).event, Event::End);
}

TEST(Stdio, ReadsAPipeThatDoesNotBlock) {
  Pipe in;
  Pipe out;
  ASSERT_EQ(::fcntl(in.read.get(), F_SETFL, O_NONBLOCK), 0);
  transport::Stdio stdio(in.read.get(), out.write.get());
  std::thread writer([&] { put(in.write.get(), "late\n"); });
  EXPECT_EQ(stdio.read({}).bytes, "late");
  writer.join();
}

TEST(InMemory, CarriesMessagesBothWaysAndEndsWithEitherEnd) {
  auto [left, right] = transport::in_memory_pair();
  EXPECT_TRUE(left->write("a", {}));
  EXPECT_TRUE(right->write("b", {}));
  EXPECT_EQ(right->read({}).bytes, "a");
  EXPECT_EQ(left->read({}).bytes, "b");
  EXPECT_EQ(left->read(std::chrono::steady_clock::now()).event, Event::Late);
  left.reset();
  EXPECT_EQ(right->read({}).event, Event::End);
  EXPECT_FALSE(right->write("c", {}));
}

}  // namespace
