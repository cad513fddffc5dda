package dev.rollcall.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A claimed directory with an open file, and what people and cleaners do to it. */
final class HeldFilesTest {
    @TempDir
    Path parent;

    enum Mishap {
        DIRECTORY_DELETED {
            @Override
            void happenTo(Path directory) throws IOException {
                Files.delete(directory.resolve("file"));
                Files.delete(directory.resolve("lock"));
                Files.delete(directory);
            }
        },
        DIRECTORY_RENAMED {
            @Override
            void happenTo(Path directory) throws IOException {
                Files.move(directory, directory.resolveSibling("away"));
            }
        },
        DIRECTORY_REPLACED {
            @Override
            void happenTo(Path directory) throws IOException {
                DIRECTORY_RENAMED.happenTo(directory);
                Files.createDirectory(directory);
                Files.writeString(directory.resolve("lock"), "");
                Files.writeString(directory.resolve("file"), "another");
            }
        },
        FILE_DELETED {
            @Override
            void happenTo(Path directory) throws IOException {
                Files.delete(directory.resolve("file"));
            }
        },
        FILE_REPLACED {
            @Override
            void happenTo(Path directory) throws IOException {
                var copy = Files.copy(directory.resolve("file"), directory.resolve("copy"));
                Files.move(copy, directory.resolve("file"), StandardCopyOption.REPLACE_EXISTING);
            }
        },
        LOCK_DELETED {
            @Override
            void happenTo(Path directory) throws IOException {
                Files.delete(directory.resolve("lock"));
            }
        };

        abstract void happenTo(Path directory) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void givenAnOpenFile_whenItOrItsDirectoryIsGone_thenThatShows(Mishap mishap) throws IOException {
        var path = parent.resolve("data");
        try (var directory = DiskDirectory.claim(path);
                var file = directory.open("file")) {
            file.append("one".getBytes(StandardCharsets.UTF_8));
            file.sync();
            directory.verify();

            mishap.happenTo(path);

            assertThatThrownBy(directory::verify)
                    .isInstanceOf(DirectoryGoneException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageEndingWith("put it back, or restart this process");
            // later checks fail at once
            assertThatThrownBy(directory::verifyIfDue).isInstanceOf(DirectoryGoneException.class);
        }
    }

    @Test
    void givenADirectoryThatWasMovedAway_whenItIsBack_thenAllIsWell() throws IOException {
        var path = parent.resolve("data");
        try (var directory = DiskDirectory.claim(path);
                var file = directory.open("file")) {
            file.sync();
            Mishap.DIRECTORY_RENAMED.happenTo(path);
            assertThatThrownBy(directory::verify).isInstanceOf(DirectoryGoneException.class);

            Files.move(parent.resolve("away"), path);

            assertThatCode(directory::verifyIfDue).doesNotThrowAnyException();
        }
    }

    @Test
    void givenAnotherDirectoryInItsPlace_whenFilesAreMadeRenamedOrDeleted_thenTheOtherStaysAsItIs() throws IOException {
        var path = parent.resolve("data");
        try (var directory = DiskDirectory.claim(path)) {
            directory.open("file").close();
            Mishap.DIRECTORY_REPLACED.happenTo(path);

            assertThatThrownBy(() -> directory.open("new")).isInstanceOf(DirectoryGoneException.class);
            assertThatThrownBy(() -> directory.map("map", 8)).isInstanceOf(DirectoryGoneException.class);
            assertThatThrownBy(() -> directory.rename("file", "old")).isInstanceOf(DirectoryGoneException.class);
            directory.delete("file");
            directory.discard();

            try (var files = Files.list(path)) {
                assertThat(files).containsExactlyInAnyOrder(path.resolve("lock"), path.resolve("file"));
            }
        }
    }

    @Test
    void givenFilesThatWereClosedOrDeletedByTheirOwner_whenVerified_thenAllIsWell() throws IOException {
        try (var directory = DiskDirectory.claim(parent)) {
            directory.open("file").close();
            directory.delete("file");
            directory.open("new").close();
            directory.rename("new", "old");

            assertThatCode(directory::verify).doesNotThrowAnyException();
        }
    }

    @Test
    void givenAFileThatIsGone_whenHalfASecondIsOver_thenItShows() throws IOException {
        var now = new AtomicLong();
        var held = new HeldFiles(now::get);
        var file = Files.writeString(parent.resolve("file"), "x");
        held.hold(file);
        Files.delete(file);

        now.set(HeldFiles.INTERVAL_NANOS - 1);
        assertThatCode(held::verifyIfDue).doesNotThrowAnyException();
        now.set(HeldFiles.INTERVAL_NANOS);
        assertThatThrownBy(held::verifyIfDue).isInstanceOf(DirectoryGoneException.class);
        assertThat(held.isInPlace(file)).isFalse();
    }
}
