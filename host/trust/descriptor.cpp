#include "host/trust/descriptor.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace host {

namespace fs = std::filesystem;

Descriptor::Descriptor(const fs::path& path, int flags, mode_t mode)
    : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
  if (fd_ < 0) fail("cannot open ");
}

Descriptor::~Descriptor() {
  ::close(fd_);
}

void Descriptor::fail(const char* action) const {
  throw std::system_error(errno, std::generic_category(), action + path_.string());
}

void Descriptor::lock(int operation) const {
  while (::flock(fd_, operation) != 0) {
    if (errno != EINTR) fail("cannot lock ");
  }
}

std::string Descriptor::read_from(off_t offset) const {
  std::string bytes;
  std::array<char, 65536> block;
  while (true) {
    const ssize_t got =
        ::pread(fd_, block.data(), block.size(), offset + static_cast<off_t>(bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read ");
    if (got == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(got));
  }
}

off_t Descriptor::size() const {
  struct stat info {};
  if (::fstat(fd_, &info) != 0) fail("cannot read the size of ");
  return info.st_size;
}

void Descriptor::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd_, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("cannot write ");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void Descriptor::truncate(off_t size) const {
  if (::ftruncate(fd_, size) != 0) fail("cannot shorten ");
}

void Descriptor::make_durable() const {
  if (::fdatasync(fd_) != 0) fail("cannot flush ");
}

std::optional<std::string> read_file(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  return Descriptor(path, O_RDONLY).read_from(0);
}

void replace_file(const fs::path& path, std::string_view bytes) {
  // The process id keeps two writers without a common lock from sharing the temporary file.
  const fs::path fresh = path.string() + ".new" + std::to_string(::getpid());
  {
    const Descriptor file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(bytes);
    file.make_durable();
  }
  fs::rename(fresh, path);
}

void make_private_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return;
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms::owner_all);
}

}  // namespace host
