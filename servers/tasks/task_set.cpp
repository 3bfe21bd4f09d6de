#include "servers/tasks/task_set.hpp"

#include <algorithm>
#include <cstring>

namespace tasks {
namespace {

/// As many as would take the room of the bits are stored as bits.
constexpr std::size_t kFewest = TaskSet::kBlockSize / 8 / 2;

static_assert(std::endian::native == std::endian::little,
              "blocks are stored as they lie in memory");

}  // namespace

TaskSet::Block TaskSet::Block::of(std::span<const std::byte> stored) {
  Block block;
  block.unite(stored);
  return block;
}

void TaskSet::Block::unite(std::span<const std::byte> stored) {
  if (stored.size() == sizeof words_) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, stored.data() + i * sizeof word, sizeof word);
      words_[i] |= word;
    }
    return;
  }
  for (std::size_t at = 0; at + 2 <= stored.size(); at += 2) {
    const auto place = std::to_integer<std::size_t>(stored[at]) |
                       std::to_integer<std::size_t>(stored[at + 1]) << 8;
    add(place % kBlockSize);
  }
}

std::string TaskSet::Block::stored() const {
  std::string bytes;
  if (size() >= kFewest) {
    bytes.resize(sizeof words_);
    std::memcpy(bytes.data(), words_.data(), sizeof words_);
    return bytes;
  }
  for_each([&](std::size_t place) {
    bytes += static_cast<char>(place & 0xFF);
    bytes += static_cast<char>(place >> 8);
    return true;
  });
  return bytes;
}

std::size_t TaskSet::Block::size() const {
  std::size_t count = 0;
  for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

void TaskSet::Block::unite(const Block& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void TaskSet::Block::intersect(const Block& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

TaskSet::Block& TaskSet::block(std::int64_t number) {
  const auto at = std::ranges::lower_bound(entries_, number, {}, &Entry::number);
  if (at != entries_.end() && at->number == number) return at->block;
  return entries_.insert(at, {.number = number})->block;
}

void TaskSet::add(std::int64_t number) {
  block(number >> kBlockBits).add(static_cast<std::size_t>(number) % kBlockSize);
}

bool TaskSet::contains(std::int64_t number) const {
  const auto at = std::ranges::lower_bound(entries_, number >> kBlockBits, {}, &Entry::number);
  return at != entries_.end() && at->number == number >> kBlockBits &&
         at->block.contains(static_cast<std::size_t>(number) % kBlockSize);
}

std::int64_t TaskSet::size() const {
  std::int64_t count = 0;
  for (const Entry& entry : entries_) count += static_cast<std::int64_t>(entry.block.size());
  return count;
}

void TaskSet::unite(std::int64_t number, std::span<const std::byte> stored) {
  block(number).unite(stored);
}

void TaskSet::unite(const TaskSet& other) {
  for (const Entry& entry : other.entries_) block(entry.number).unite(entry.block);
}

void TaskSet::intersect(const TaskSet& other) {
  std::erase_if(entries_, [&](Entry& entry) {
    const auto at = std::ranges::lower_bound(other.entries_, entry.number, {}, &Entry::number);
    if (at == other.entries_.end() || at->number != entry.number) return true;
    entry.block.intersect(at->block);
    return entry.block.size() == 0;
  });
}

}  // namespace tasks
